import { Field, text } from '#leadwire/contracts';
import { expect, it } from 'vitest';
import { telling } from './checkout.harness.js';
import { incompatibilities } from './compatibility.js';

class Told {
  @Field(text({ max: 20 })) name: string;
}
class Other {
  @Field(text({ max: 20 })) word: string;
}
const promised = (payload: typeof Told | typeof Other, deprecated?: string) => [...telling(payload, deprecated === undefined ? {} : { deprecated }).values()];
const [path] = [...telling(Told).keys()] as [string];

it('names the file of each break, each once', () => {
  const promises = new Map([[path, [...promised(Told), ...promised(Told)]]]);
  expect(incompatibilities(telling(Other), promises)).toEqual([`${path}: name was removed`, `${path}: word is newly required`]);
});

it('asks nothing of a version that was never promised', () => {
  expect(incompatibilities(telling(Other), new Map())).toEqual([]);
});

it('lets a version go whose latest schema said so, and only then', () => {
  const saidLast = new Map([[path, [...promised(Told, 'another'), ...promised(Told)]]]);
  const saidOnce = new Map([[path, [...promised(Told), ...promised(Told, 'another')]]]);
  expect(incompatibilities(new Map(), saidLast)).toEqual([]);
  expect(incompatibilities(new Map(), saidOnce)).toEqual([`${path}: was removed without having been published as deprecated`]);
});
