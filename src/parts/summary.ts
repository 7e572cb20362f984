// `keratin/summary`: makes `summary({ style: 'keras3' })` work in a page.
import { keras3Summary } from '../models/summary-keras3.ts';
import { provide } from '../runtime/parts.ts';

provide('summary', keras3Summary);
