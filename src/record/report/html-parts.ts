// What the incidents page shares with the report.
export { type Bar, barTable, countTable, lineChart } from './html-charts.ts';
export { LOOK } from './html-look.ts';
export { html, type Markup, webLink } from './html-markup.ts';
export {
  badge,
  placeList,
  type Station,
  stateWord,
  stations,
  storyOf,
  type Tone,
  time,
} from './html-story.ts';
