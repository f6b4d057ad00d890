/** What each kind of job does when its time comes. A record that is gone by then needs nothing. */

import { dropAccessCode, setAccessCode } from './access-codes.ts';
import { dropCredential, finishEncoding, issueCredential } from './acs-credentials.ts';
import { dropUser } from './acs-users.ts';
import { finishScan } from './card-scans.ts';
import { finishCard } from './cards.ts';
import { dropGrant, dropIdentity, dropMethod, expire } from './endings.ts';
import { complain, issue } from './issuance.ts';
import type { Job } from './jobs.ts';
import { finishUnlock } from './unlocks.ts';
import type { Workspace } from './workspace.ts';

function handleGrant(workspace: Workspace, job: Job): void {
  const grant = workspace.state.grants.get(job.id);
  if (grant === undefined) return;
  if (job.kind === 'expire') expire(workspace, grant);
  else dropGrant(workspace, grant);
}

function handleMethod(workspace: Workspace, job: Job): void {
  const method = workspace.state.methods.get(job.id);
  if (method === undefined) return;
  if (job.kind === 'issue') issue(workspace, method);
  else if (job.kind === 'delete_method') dropMethod(workspace, method);
  else complain(workspace, { method, kind: job.kind === 'delay' ? 'delay' : 'fail' });
}

function handleLowLevel(workspace: Workspace, job: Job): void {
  const { acsUsers, acsCredentials, accessCodes } = workspace.state;
  const [user, credential, code] = [acsUsers.get(job.id), acsCredentials.get(job.id), accessCodes.get(job.id)];
  if (user !== undefined) dropUser(workspace, user);
  if (credential !== undefined && job.kind === 'issue_credential') issueCredential(workspace, credential);
  if (credential !== undefined && job.kind === 'delete_credential') dropCredential(workspace, credential);
  if (code !== undefined && job.kind === 'set_access_code') setAccessCode(workspace, code);
  if (code !== undefined && job.kind === 'delete_access_code') dropAccessCode(workspace, code);
}

export function handleJob(workspace: Workspace, job: Job): void {
  const { identities, attempts } = workspace.state;
  switch (job.kind) {
    case 'expire':
    case 'delete_grant':
      return handleGrant(workspace, job);
    case 'issue':
    case 'delay':
    case 'fail':
    case 'delete_method':
      return handleMethod(workspace, job);
    case 'issue_credential':
    case 'delete_credential':
    case 'delete_acs_user':
    case 'set_access_code':
    case 'delete_access_code':
      return handleLowLevel(workspace, job);
    case 'delete_identity': {
      const identity = identities.get(job.id);
      return identity === undefined ? undefined : dropIdentity(workspace, identity);
    }
    case 'finish_attempt': {
      const attempt = attempts.get(job.id);
      if (attempt === undefined) return;
      if (attempt.type === 'SCAN_CREDENTIAL') return finishScan(workspace, attempt);
      if (attempt.credentialId !== undefined) return finishEncoding(workspace, { attempt, credentialId: attempt.credentialId });
      return attempt.type === 'UNLOCK_DOOR' ? finishUnlock(workspace, attempt) : finishCard(workspace, attempt);
    }
  }
}
