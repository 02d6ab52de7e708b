import { fair } from './fair';
import { growth } from './growth';
import { list } from './list';
import type { Measure } from './measure';
import { reports } from './reports';
import { tail } from './tail';
import { workers } from './workers';

export const MEASURES: Readonly<Record<string, Measure>> = { fair, growth, list, reports, tail, workers };
