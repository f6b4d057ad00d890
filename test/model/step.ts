/** Everything that can happen to a stay, as data: what fast-check draws, shrinks and prints. */
import type { Mode } from '../../workflows/domain/property.ts';
import type { Change } from './change.ts';
import type { Fault } from './errand.ts';
import type { Manners } from './manners.ts';

export type Step =
  | { readonly kind: 'pms'; readonly change: Change; readonly arrives: boolean }
  /** Any version that was ever sent, again or late. */
  | { readonly kind: 'pmsAgain'; readonly pick: number }
  /** Other doors and modes of a unit, those of the house if null; without doors the unit is taken out of the configuration. */
  | { readonly kind: 'configuration'; readonly unitId: string; readonly doors: number | null; readonly modes: readonly Mode[] | null }
  | { readonly kind: 'manners'; readonly manners: Partial<Manners> }
  | {
      readonly kind: 'seam';
      readonly deed: 'issue' | 'fail' | 'settle' | 'recode' | 'backup' | 'remove' | 'shift' | 'foreign' | 'unforeign' | 'use' | 'write';
      readonly pick: number;
    }
  /** The code changes again and again, each time heard of and told. */
  | { readonly kind: 'restless'; readonly times: number; readonly pick: number }
  | { readonly kind: 'door'; readonly isDead: boolean; readonly pick: number }
  | { readonly kind: 'event'; readonly fate: 'comes' | 'comes twice' | 'is lost' | 'is false'; readonly pick: number }
  | { readonly kind: 'events' }
  | { readonly kind: 'progress'; readonly pick: number; readonly fault: Fault | null }
  | { readonly kind: 'finish' }
  /** A command is done, then Seam changes the code and says so, then the command's answer is heard. */
  | { readonly kind: 'meanwhile'; readonly pick: number }
  | { readonly kind: 'receipt'; readonly pick: number; readonly status: 'delivered' | 'undelivered' | 'sent' }
  | { readonly kind: 'wait'; readonly span: number }
  /** To the next alarm, or past the end of the stay. */
  | { readonly kind: 'waitUntil'; readonly what: 'alarm' | 'start' | 'end' }
  /** `isAgain`: the last one once more, under its key. */
  | { readonly kind: 'order'; readonly name: OrderName; readonly pick: number; readonly hours: number; readonly isAgain: boolean }
  | { readonly kind: 'rebooked'; readonly by: string | null }
  | { readonly kind: 'help'; readonly pick: number }
  | { readonly kind: 'nextRun' }
  | { readonly kind: 'calm' };

export type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>;

export type OrderName =
  | 'resend'
  | 'hold'
  | 'release'
  | 'waive'
  | 'revoke'
  | 'retry'
  | 'change-departure'
  | 'reissue'
  | 'told'
  | 'acknowledge'
  | 'unlock'
  | 'encode-card';
