import { leadsOperations as operations, type TimelineQuery } from '#leadwire/contracts';
import { Handle, type Call } from '#leadwire/rpc';
import { Controller } from '@nestjs/common';
import { GetTimeline } from './get-timeline.js';

@Controller()
export class TimelineController {
  constructor(private readonly timeline: GetTimeline) {}

  @Handle(operations.getTimeline)
  getTimeline(call: Call<TimelineQuery>) {
    return this.timeline.execute(call);
  }
}
