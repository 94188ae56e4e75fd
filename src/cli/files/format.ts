/** Is it a csv file, by the end of its name? Any other is ndjson. */
export const isCsv = (file: string): boolean => /\.csv(\.gz)?$/i.test(file)

export const isZipped = (file: string): boolean => /\.gz$/i.test(file)
