/** E-mail addresses and mailboxes as a person writes them in a setting. */
import { z } from 'zod';

/** The address as browsers check it, with a dot in the domain. */
const ADDRESS = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+/.source;

export const address = z.string().regex(new RegExp(`^${ADDRESS}$`), 'expected an e-mail address');

/** `a@b.example` or `Name <a@b.example>`; no line breaks, which would end a mail header. */
export const mailbox = z
  .string()
  .regex(
    new RegExp(String.raw`^(?:${ADDRESS}|[^<>\r\n]{1,80}<${ADDRESS}>)$`),
    'expected an e-mail address, or a name and an address as in "Harbour House <stay@harbour.example>"',
  );
