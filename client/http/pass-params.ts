/** What the address of every page of a guest's holds. */
import { z } from 'zod';

export const passParams = z.object({ token: z.string().meta({ description: 'From the message to the guest.' }) });
