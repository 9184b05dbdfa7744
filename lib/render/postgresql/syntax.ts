/** A parameter of postgresql.conf; text is quoted by the printer. */
export interface PostgreSqlParameter {
  readonly name: string;
  readonly value: string | number | boolean;
}

/** A record of pg_hba.conf: who may connect from where, and how they prove who they are. */
export type HostBasedAuthentication =
  | { readonly type: 'local'; readonly database: string; readonly user: string; readonly method: string }
  | {
      readonly type: 'host';
      readonly database: string;
      readonly user: string;
      /** As CIDR. */
      readonly address: string;
      readonly method: string;
    };
