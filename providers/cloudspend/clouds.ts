/** The clouds by the vendor's numbers: 0 AWS, 1 Azure, 2 GCP. */
const clouds = ['aws', 'azure', 'gcp'] as const;

/** Null for a number that names no single cloud, such as -1 for several of them. */
export const cloudOfNumber = (cloud: number): string | null => clouds[cloud] ?? null;

/** The vendor writes both `AZURE` and `Azure`. */
export const cloudOfText = (cloud: string | null): string | null => cloud?.toLowerCase() ?? null;
