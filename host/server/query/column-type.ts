import type {ColumnType} from '../../shared/table.ts';
import type {ColumnBuilder} from './builder.ts';
import {BigIntBuilder, BoolBuilder, DecimalBuilder, DoubleBuilder, IntBuilder} from './number-builder.ts';
import {StringBuilder} from './string-builder.ts';
import {DateTimeBuilder} from './time-builder.ts';

/** Column type by PostgreSQL's type (oids of pg_type.dat); every type that is not listed is `string`. */
const TYPES: Record<number, ColumnType> = {
  16: 'bool', 20: 'bigint', 21: 'int', 23: 'int', 26: 'bigint', 700: 'double', 701: 'double', 1700: 'double',
  1082: 'datetime', 1114: 'datetime', 1184: 'datetime',
};

const FLOAT8 = 701;

/**
 * The builder for a type of the database. The type alone decides, never the values: `int8` is `bigint`, as the
 * platform's Grok Connect gives it, so a query that wants `int` says `count(*)::int`.
 */
export function builderFor(oid: number): ColumnBuilder {
  switch (TYPES[oid]) {
  case 'bool': return new BoolBuilder();
  case 'int': return new IntBuilder();
  case 'bigint': return new BigIntBuilder();
  case 'double': return oid === FLOAT8 ? new DoubleBuilder() : new DecimalBuilder();
  case 'datetime': return new DateTimeBuilder();
  default: return new StringBuilder();
  }
}
