/** Who makes the request. Nothing but the credential decides it. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: string;
}

/** Without authentication everybody is this one. */
export const anonymousCaller: Caller = Object.freeze({ tenantId: 'default', actor: 'anonymous' });
