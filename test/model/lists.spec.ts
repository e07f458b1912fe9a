import { describe } from '@jest/globals';
import { conversations } from './conversations.js';

describe('Conversations that are mostly about lists', () => {
  conversations(
    {
      ...{ create: 10, change: 5, get: 1, history: 1 },
      ...{ replay: 1, reuse: 1, list: 5, page: 4, walk: 4, restart: 1, timeJump: 1 },
    },
    [...['list 200', 'list 422 validation_failed', 'create 201', 'change 200', 'restart']],
  );
});
