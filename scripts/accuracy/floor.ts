// What accuracy must not fall below. Raise it when a change earns that; lower it only with a reason in the commit.
import { type NoiseRow, noiseRate } from './noise.ts';
import { f1, figures, recall, type Scored, structured } from './score.ts';

export interface Floor {
  /** All cases, 0 to 1. */
  readonly f1: number;
  /** Recall of secrets with a form of their own, 0 to 1. */
  readonly structuredRecall: number;
  /** Most findings per 100,000 lines of packages, real keys in fixtures included. */
  readonly noise: number;
}

/** One line for each figure that is worse than the floor. */
export function undercuts(floor: Floor, scored: Scored, noise?: readonly NoiseRow[]): string[] {
  const faults: string[] = [];
  const check = (name: string, value: number, least: number): void => {
    if (value < least) faults.push(`${name} is ${value.toFixed(4)}, the floor ${least}`);
  };
  check('F1', f1(figures(scored)), floor.f1);
  check('recall of structured tokens', recall(figures(structured(scored))), floor.structuredRecall);
  if (noise !== undefined && noiseRate(noise) > floor.noise)
    faults.push(
      `noise is ${noiseRate(noise).toFixed(3)} findings per 100,000 lines, the floor ${floor.noise}`,
    );
  return faults;
}
