import { fair } from './fair';
import { flood } from './flood';
import { largeReading } from '../reading/large-reading';
import { growth } from './growth';
import { large } from './large';
import { list } from './list';
import { load } from './load';
import type { Measure } from './measure';
import { rates } from './rates';
import { reports } from './reports';
import { tail } from './tail';
import { timeline } from '../timeline/timeline';
import { workers } from './workers';

export const MEASURES: Readonly<Record<string, Measure>> = {
  fair,
  flood,
  growth,
  large,
  'large-reading': largeReading,
  list,
  load,
  rates,
  reports,
  tail,
  timeline,
  workers,
};
