using Fathom.Domain.Values;

namespace Fathom.Data.Dbn;

/// <summary>How a DBN file is to be read.</summary>
public sealed record DbnReadOptions
{
    public static DbnReadOptions Default { get; } = new();

    /// <summary>The file is records without a header. Files with ".frag" in their name are taken so without being told.</summary>
    public bool IsFragment { get; init; }
    /// <summary>Version of a fragment, 1 to 3; null = inferred from record lengths.</summary>
    public int? Version { get; init; }
    /// <summary>A file that ends inside a record or a compressed frame yields its whole records instead of an error.</summary>
    public bool AllowTruncated { get; init; }
    /// <summary>Market data from this receive time on. Definitions and trading states before it are kept: they say what holds when it begins.</summary>
    public Timestamp Start { get; init; } = Timestamp.Earliest;
    /// <summary>Everything before this receive time; <see cref="Timestamp.None"/> = to the end.</summary>
    public Timestamp End { get; init; } = Timestamp.None;
    /// <summary>Only these instruments, each by symbol or by the venue's number as text; empty = all.</summary>
    public IReadOnlyList<string> Instruments { get; init; } = [];
    /// <summary>Another DBN file whose definitions describe this one's instruments.</summary>
    public string? Definitions { get; init; }
    /// <summary>Hash the stored bytes while they are read; see <see cref="DbnSource.ContentHash"/>.</summary>
    public bool HashContent { get; init; }
    /// <summary>One of many files that may be open at once: smaller blocks, and no second thread that decompresses ahead.</summary>
    public bool IsOneOfMany { get; init; }
}
