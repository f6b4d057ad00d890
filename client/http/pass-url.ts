/** The addresses of a guest's page: what they end with is as secret as the keys that the page shows. */

export const PASS_PATH = '/pass';

/** `publicUrl` without a slash at its end. */
export const passUrl = ({ publicUrl, token }: { publicUrl: string; token: string }): string => `${publicUrl}${PASS_PATH}/${token}`;
