const METASTREAM_PREFIX = '$$';

export const METADATA_TYPE = '$metadata';
export const TOMBSTONE_TYPE = '$streamDeleted';
export const LINK_TYPE = '$>';

/** The stream that holds the metadata of another. */
export function metastreamOf(stream: string): string {
  return METASTREAM_PREFIX + stream;
}

/** For `$$s` the stream s, otherwise undefined. */
export function describedStream(stream: string): string | undefined {
  return stream.startsWith(METASTREAM_PREFIX) ? stream.slice(METASTREAM_PREFIX.length) : undefined;
}
