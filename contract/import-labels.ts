const LONGEST_FAIRNESS_KEY = 64;

/** What Temporal is told of an import, whoever starts its workflow. Never personal data: all of it is on show there. */
export function importLabels({ organisationId, createdAt }: { organisationId: string; createdAt: string }) {
  return {
    /** Steps inherit it: one organisation's hundred files do not hold up another's one. */
    fairnessKey: organisationId.slice(0, LONGEST_FAIRNESS_KEY),
    day: createdAt.slice(0, 10),
    summary: `Import of ${createdAt.slice(0, 16).replace('T', ' ')} UTC`,
  };
}
