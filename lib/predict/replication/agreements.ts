/** Agreements of suppliers that all feed each other (R13). */
export const meshAgreements = (suppliers: number): number => suppliers * (suppliers - 1);

/** Agreements of suppliers that feed their two neighbours; up to three that is a mesh (R13, E25). */
export const ringAgreements = (suppliers: number): number =>
  suppliers <= 3 ? meshAgreements(suppliers) : 2 * suppliers;

/** Agreements of hubs that each supplier feeds, and of consumers that each hub feeds (R36). */
export const hubAgreements = (suppliers: number, hubs: number, consumers: number): number =>
  hubs * suppliers + consumers * hubs;
