import Sequencer from '@jest/test-sequencer';

const longest = ['test/end-to-end/crash.spec.ts', 'test/end-to-end/morning.spec.ts'];

// Jest goes by the size of files. Begun last, one of these would run alone at the end, with the other worker idle.
export default class LongestFirst extends Sequencer {
  sort(tests) {
    const isLong = ({ path }) => longest.some((name) => path.endsWith(name));
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
