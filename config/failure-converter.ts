/**
 * Moves messages and stack traces of failures into the part that the codec encrypts. Loaded by its path, in the workflow
 * sandbox too, so it imports nothing but `@temporalio/common`.
 */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
