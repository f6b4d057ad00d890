/** Brings the configuration to running stays. */
import { log } from '@temporalio/activity';
import { whileBeating } from './heartbeat.ts';

/** What one round did. */
export interface Followed {
  readonly stays: number;
  /** Heard of a configuration that they did not know. */
  readonly told: number;
  /** More were to be told than one round tells; the next one goes on. */
  readonly hasMore: boolean;
  /** Keep access that the configuration would end, and that the brake does not let go. */
  readonly stopped: number;
}

export interface ConfigurationPort {
  /** @throws TemporalUnavailable; the next round begins anew */
  follow(signal: AbortSignal): Promise<Followed>;
}

export interface ConfigurationDeps {
  readonly configuration: ConfigurationPort;
}

export const createConfigurationActivities = ({ configuration }: ConfigurationDeps) => ({
  tellStaysOfConfiguration: (): Promise<Followed> =>
    whileBeating(async (signal) => {
      const followed = await configuration.follow(signal);
      if (followed.told > 0 || followed.stopped > 0) log.info('configuration followed', { ...followed });
      return followed;
    }),
});
