// `keratin/summary`: makes `summary({ style: 'keras3' })` work in a page.

import { provide } from '../common/parts.ts';
import { keras3Summary } from '../models/summary-keras3.ts';

provide('summary', keras3Summary);
