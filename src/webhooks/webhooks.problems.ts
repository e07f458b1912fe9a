import { Problem } from '../problem/problem.js';

export function webhookEndpointNotFound(): Problem {
  return new Problem('webhook_endpoint_not_found', 'There is no such webhook endpoint.');
}

export function deliveryNotFound(): Problem {
  return new Problem('delivery_not_found', 'There is no such delivery.');
}
