import type { Mode } from '../../../workflows/domain/property.ts';

/**
 * Everything that a guest's page says beside the words of the messages, in one language. Sentences are whole, so that each language keeps
 * its own order. `place` is the property's name, `door` a door's, `time` a weekday, date and time of day; all come in ready to print.
 */
export interface PassWords {
  readonly title: (place: string | null) => string;
  readonly states: StateWords;
  readonly keys: KeyWords;
  readonly doors: DoorWords;
  readonly help: HelpWords;
  readonly troubles: TroubleWords;
}

/** What the stay is at, one sentence each. */
interface StateWords {
  readonly opensFrom: (window: { readonly from: string; readonly until: string }) => string;
  readonly openUntil: (time: string) => string;
  readonly waiting: string;
  /** Access has started, and there is no key. */
  readonly late: string;
  readonly blocked: string;
  readonly tentative: string;
  readonly over: string;
}

interface KeyWords {
  readonly title: string;
  readonly showCode: string;
  readonly showMobileKey: string;
  readonly showBoth: string;
  readonly hide: string;
  readonly shown: string;
  readonly codeHint: string;
  readonly openMobileKey: string;
  readonly newLinkHint: string;
  readonly newLink: string;
  readonly newLinkMade: string;
  /** It was asked for, and is not there yet. */
  readonly newLinkComing: string;
  /** Too soon or too often, or there is none to be had. */
  readonly newLinkRefused: string;
  readonly cardHint: string;
  /** A person holds the stay: nothing is shown. */
  readonly held: string;
  /** Seam did not answer, or has no such key now. */
  readonly unreadable: string;
}

interface DoorWords {
  readonly title: string;
  readonly open: (door: string) => string;
  readonly openFrom: (time: string) => string;
  /** Asked for, and not confirmed by the lock. */
  readonly requested: (door: string) => string;
  readonly confirmed: (door: string) => string;
  readonly failed: (door: string) => string;
  readonly refused: (door: string) => string;
  readonly busy: string;
}

interface HelpWords {
  readonly title: string;
  readonly contact: string;
  readonly doesNotWork: string;
  readonly tryTitle: string;
  readonly tryCode: string;
  readonly tryMobileKey: string;
  readonly tryCard: string;
  readonly tryPage: string;
  /** `ways` are some of the following, as a choice. */
  readonly tryOther: (other: { readonly doors: string; readonly ways: string }) => string;
  readonly ways: Readonly<Record<Mode, string>>;
  readonly tellStaff: string;
  readonly staffTold: string;
  /** There is nobody whom the page could tell. */
  readonly nobodyTold: string;
}

/** The page cannot be shown, or what was asked cannot be done. */
interface TroubleWords {
  readonly unknown: string;
  readonly replaced: string;
  readonly away: string;
  readonly often: string;
  readonly foreign: string;
  readonly unreadable: string;
  readonly back: string;
}
