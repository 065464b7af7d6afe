import { Injectable } from '@nestjs/common';

/** Lets those who make work wake the worker of this process that does it; other replicas find it by polling. */
class WorkerSignal {
  private listener: () => void = () => undefined;

  onWake(listener: () => void): void {
    this.listener = listener;
  }

  wake(): void {
    this.listener();
  }
}

/** There may be a call to dial: one was queued, or a line became free. */
@Injectable()
export class DiallerSignal extends WorkerSignal {}

/** A call ended, or its transcript is complete. */
@Injectable()
export class FinisherSignal extends WorkerSignal {}
