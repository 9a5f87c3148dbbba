using Fathom.Data.Dbn;
using Fathom.Domain.Values;

namespace Fathom.Data.Inspection;

/// <summary>What is in a market data file.</summary>
public sealed record FileSummary
{
    public required DbnHeader Header { get; init; }
    /// <summary>The records stood without a header; what the header says is inferred.</summary>
    public required bool IsFragment { get; init; }
    public required long Records { get; init; }
    /// <summary>Types that occur, most frequent first.</summary>
    public required IReadOnlyList<(DbnRecordType Type, long Count)> ByType { get; init; }
    /// <summary>Letters of actions that occur in order-book and trade records, most frequent first.</summary>
    public required IReadOnlyList<(char Action, long Count)> ByAction { get; init; }
    /// <summary>In the order of first appearance.</summary>
    public required IReadOnlyList<InstrumentSummary> Instruments { get; init; }
    /// <summary>Receive time, else event time, of the first market record.</summary>
    public required Timestamp First { get; init; }
    /// <summary>Receive time, else event time, of the last market record.</summary>
    public required Timestamp Last { get; init; }
    /// <summary>Bytes as stored, and after decompression.</summary>
    public required long StoredBytes { get; init; }
    public required long Bytes { get; init; }
    /// <summary>The file ended inside a record or a compressed frame.</summary>
    public required bool IsTruncated { get; init; }
    /// <summary>"sha256:…" of the stored bytes.</summary>
    public required string ContentHash { get; init; }
}
