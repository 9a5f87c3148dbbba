using Fathom.Domain.Hashing;
using Fathom.Domain.Segments;

namespace Fathom.Journal.Recordings;

/// <summary>A segment as a recording's manifest knows it.</summary>
/// <param name="Number">1, 2, 3 … of its kind.</param>
/// <param name="FirstMessage">Number of its first message, over all segments of its kind.</param>
/// <param name="Length">Of its file, in bytes.</param>
/// <param name="Content">XXH3-128 of its messages.</param>
public sealed record RecordedSegment(SegmentKind Kind, int Number, long FirstMessage, long MessageCount, long Length, Hash128 Content);
