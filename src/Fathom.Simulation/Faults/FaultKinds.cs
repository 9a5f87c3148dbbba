namespace Fathom.Simulation.Faults;

/// <summary>A set of kinds of faults.</summary>
internal readonly struct FaultKinds
{
    private readonly ulong _bits;      // there are fewer than 64 kinds

    private FaultKinds(ulong bits) => _bits = bits;

    public static FaultKinds Of(params ReadOnlySpan<FaultKind> kinds)
    {
        ulong bits = 0;
        foreach (FaultKind kind in kinds) bits |= 1UL << (int)kind;
        return new FaultKinds(bits);
    }

    public bool Contains(FaultKind kind) => (_bits >> (int)kind & 1) != 0;

    public static FaultKinds operator +(FaultKinds left, FaultKinds right) => new(left._bits | right._bits);
}
