import { describe } from '@jest/globals';
import { conversations } from './conversations.js';

describe('Conversations that are mostly about changes', () => {
  conversations(
    {
      ...{ create: 5, change: 12, get: 3, history: 2 },
      ...{ replay: 3, reuse: 1, list: 1, page: 1, walk: 1, restart: 1, timeJump: 1 },
    },
    [
      ...['change 200', 'change 200 replayed', 'change 404 order_not_found', 'change 409 invalid_transition'],
      ...['change 409 version_conflict', 'change 422 validation_failed', 'change 428 precondition_required'],
      ...['change 400 invalid_header', 'change 400 malformed_json', 'get 200', 'get 304', 'history 200', 'restart'],
    ],
  );
});
