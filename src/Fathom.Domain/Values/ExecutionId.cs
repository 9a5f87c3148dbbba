namespace Fathom.Domain.Values;

/// <summary>The venue's name of one fill, 128 bits; a venue whose ids are text is hashed to it by its connector. Unique per venue.</summary>
public readonly record struct ExecutionId(ulong High, ulong Low)
{
    public static ExecutionId None => default;

    public bool IsNone => High == 0 && Low == 0;

    public override string ToString() => IsNone ? "" : High == 0 ? Low.ToString() : $"{High:x16}{Low:x16}";
}
