namespace Fathom.Domain.Values;

/// <summary>Our own dense number of an instrument, 0, 1, 2 … in the order in which instruments first appear in the merged input.</summary>
public readonly record struct InstrumentId(int Index)
{
    public static InstrumentId None => new(-1);

    public bool IsNone => Index < 0;

    public override string ToString() => $"#{Index}";
}
