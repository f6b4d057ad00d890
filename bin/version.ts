/** The version of the package, as `--version` and the OpenAPI document say it. */
import manifest from '../package.json' with { type: 'json' };

export const { version } = manifest;
