namespace Fathom.Data.Dbn;

/// <summary>A file's metadata. Times are UNIX nanoseconds as stored; <see cref="ulong.MaxValue"/> = not stated.</summary>
public sealed record DbnHeader
{
    /// <summary>1 to 3.</summary>
    public required byte Version { get; init; }
    /// <summary>"GLBX.MDP3"; at most 16 characters.</summary>
    public required string Dataset { get; init; }
    public required DbnSchema Schema { get; init; }
    public ulong Start { get; init; } = ulong.MaxValue;
    public ulong End { get; init; } = ulong.MaxValue;
    /// <summary>How many records were asked for at most; 0 = no limit.</summary>
    public ulong Limit { get; init; }
    public DbnSymbology SymbologyIn { get; init; } = DbnSymbology.None;
    public DbnSymbology SymbologyOut { get; init; } = DbnSymbology.InstrumentId;
    /// <summary>Each record is followed by eight bytes of send time, which its length includes.</summary>
    public bool HasSendTimes { get; init; }
    /// <summary>Bytes of a symbol in this header: 22 in version 1, 71 since.</summary>
    public int SymbolLength { get; init; } = 71;
    public IReadOnlyList<string> Symbols { get; init; } = [];
    public IReadOnlyList<string> Partial { get; init; } = [];
    public IReadOnlyList<string> NotFound { get; init; } = [];
    public IReadOnlyList<DbnMapping> Mappings { get; init; } = [];

    /// <summary>A header that says nothing, for a fragment.</summary>
    public static DbnHeader OfFragment(byte version, bool hasSendTimes) => new()
    {
        Version = version,
        Dataset = "",
        Schema = DbnSchema.Mixed,
        HasSendTimes = hasSendTimes,
        SymbolLength = version == 1 ? 22 : 71,
    };
}
