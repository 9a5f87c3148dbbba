using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What all owners together have of one instrument that was traded.</summary>
internal sealed class InstrumentHoldings(InstrumentId instrument)
{
    private Holding[] _open = [];
    private int _openCount;

    public InstrumentId Instrument { get; } = instrument;

    /// <summary>Signed sum of the executions that moved a position, units of 1e-9: what the owners' positions must add up to.</summary>
    public Int128 ExecutedNanos { get; private set; }

    /// <summary>Sum of what those executions were worth, with the sign that money flows in, units of 1e-18 before the multiplier: what the owners' realised profits less
    /// costs must add up to. Modulo 2^128, which is enough to compare.</summary>
    public Int128 FlowUnits { get; private set; }

    /// <summary>Where its money is; null while no execution could be valued.</summary>
    public AccountMoney? Money { get; set; }

    /// <summary>Positions that are not flat.</summary>
    public ReadOnlySpan<Holding> Open => _open.AsSpan(0, _openCount);

    /// <summary>Sum over position sides of what the owners together hold there, without sign; units of 1e-9.</summary>
    public Int128 GrossNanos => Int128.Abs(Held(PositionSide.Net)) + Int128.Abs(Held(PositionSide.Long)) + Int128.Abs(Held(PositionSide.Short));

    /// <summary>Whatever is held is in one position side.</summary>
    public bool IsOneSided
    {
        get
        {
            foreach (Holding holding in Open)
                if (holding.Side != _open[0].Side) return false;
            return true;
        }
    }

    /// <summary>What the owners together hold in a position side; signed, units of 1e-9.</summary>
    public Int128 Held(PositionSide side)
    {
        Int128 held = 0;
        foreach (Holding holding in Open)
            if (holding.Side == side) held += holding.Position.Quantity.Nanos;
        return held;
    }

    /// <summary>What the owners together paid for what they hold in a position side: as <see cref="Position.Cost"/>.</summary>
    public Int128 Cost(PositionSide side)
    {
        Int128 cost = 0;
        foreach (Holding holding in Open)
            if (holding.Side == side) cost += holding.Position.Cost;
        return cost;
    }

    /// <summary>What all positions together have made at the last mark, units of 1e-9 of its money.</summary>
    public Int128 UnrealizedNanos
    {
        get
        {
            Int128 sum = 0;
            foreach (Holding holding in Open) sum += holding.UnrealizedNanos;
            return sum;
        }
    }

    /// <summary>Notes an execution that moved a position.</summary>
    /// <param name="wasFlat">Before it.</param>
    public void Note(Holding holding, bool wasFlat, long signed, Int128 value)
    {
        ExecutedNanos += signed;
        FlowUnits = unchecked(FlowUnits - value);
        bool isFlat = holding.Position.Quantity.IsZero;
        if (wasFlat && !isFlat) Add(holding);
        else if (!wasFlat && isFlat) Remove(holding);
    }

    /// <summary>Goes on from where an earlier session was; its positions come next.</summary>
    public void Restore(Int128 executed, Int128 flows, AccountMoney? money) => (ExecutedNanos, FlowUnits, Money) = (executed, flows, money);

    /// <summary>Takes a position on that an earlier session opened.</summary>
    public void Restore(Holding holding)
    {
        if (!holding.Position.Quantity.IsZero) Add(holding);
    }

    private void Add(Holding holding)
    {
        if (_openCount == _open.Length) Array.Resize(ref _open, Math.Max(2, _openCount * 2));
        _open[_openCount++] = holding;
    }

    private void Remove(Holding holding)
    {
        int at = Array.IndexOf(_open, holding, 0, _openCount);
        _open[at] = _open[--_openCount];
    }
}
