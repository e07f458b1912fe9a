import { describe } from '@jest/globals';
import { conversations } from './conversations.js';

describe('Conversations that are mostly about idempotency keys', () => {
  conversations(
    {
      ...{ create: 6, change: 6, get: 1, history: 1 },
      ...{ replay: 8, reuse: 4, list: 1, page: 1, walk: 1, restart: 1, timeJump: 2 },
    },
    [
      ...['create 201', 'create 201 replayed', 'create 422 idempotency_key_reused', 'create 422 validation_failed'],
      ...['create 400 malformed_json', 'change 200', 'change 422 idempotency_key_reused', 'restart'],
    ],
  );
});
