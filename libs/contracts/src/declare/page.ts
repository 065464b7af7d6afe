import { Field } from './field.js';
import { integer, list, object, text, type DtoClass } from './field-types.js';

/** What every list takes: how many, and from where. */
export class PageQuery {
  @Field(integer({ min: 1, max: 200 }), { optional: true, description: 'Items per page, 50 unless told.', default: 50 })
  limit?: number;

  @Field(text({ max: 500 }), { optional: true, description: 'The nextCursor of the page before.' })
  cursor?: string;
}

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** Declares the page of an item: `class LeadPage extends pageOf(LeadView) {}`. */
export function pageOf<T extends object>(item: DtoClass<T>): DtoClass<Page<T>> {
  class ItemPage implements Page<T> {
    @Field(list(object(() => item), { max: 200 }))
    items: T[];

    @Field(text({ max: 500 }), { nullable: true, description: 'Pass it as cursor for the next page; null on the last.' })
    nextCursor: string | null;
  }
  return ItemPage;
}
