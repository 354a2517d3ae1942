// The Action's entry: the bundle runs this file, as a step of a workflow.
import { main } from './main.ts';

await main();
