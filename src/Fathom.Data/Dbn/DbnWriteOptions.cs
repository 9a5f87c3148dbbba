namespace Fathom.Data.Dbn;

/// <summary>How a DBN file is to be written. It is always of version 3.</summary>
public sealed record DbnWriteOptions
{
    /// <summary>Header to keep (of a file that was read); version, symbol length and send times are set to what is written. Null = made from
    /// <see cref="Dataset"/>, <see cref="Schema"/> and the definitions with which the messages begin.</summary>
    public DbnHeader? Header { get; init; }

    /// <summary>At most 15 ASCII characters.</summary>
    public string Dataset { get; init; } = "FATHOM";

    /// <summary>What the file holds; <see cref="DbnSchema.Mixed"/> allows every kind.</summary>
    public DbnSchema Schema { get; init; } = DbnSchema.Mixed;

    /// <summary>zstd level of files whose name ends with ".zst": 1 (fast) to 19 (small).</summary>
    public int Level { get; init; } = 3;
}
