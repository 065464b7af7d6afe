// Loaded before everything else in a replica: its wall clock can be stepped while it runs, as an administrator or a
// broken time daemon would. The monotonic clock and timers go on as they do on a real machine.
const RealDate = Date;
let skewMs = 0;

const now = (): number => RealDate.now() + skewMs;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, asked) => Reflect.construct(target, args.length > 0 ? args : [now()], asked === globalThis.Date ? target : asked),
  apply: () => new RealDate(now()).toString(),
  get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
});

/** Sets how far the wall clock stands from the true one. */
export function stepClock(ms: number): void {
  skewMs = ms;
}
