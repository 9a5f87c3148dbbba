using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>One owner's position in one instrument and position side, with the money that it made and is worth at the last mark.</summary>
public sealed class Holding
{
    private readonly Holdings _owner;
    private Ledger? _ledger;

    internal Holding(Holdings owner, InstrumentId instrument, PositionSide side, bool isInverse)
    {
        _owner = owner;
        Instrument = instrument;
        Side = side;
        Position = new Position(isInverse);
    }

    public InstrumentId Instrument { get; }
    public PositionSide Side { get; }
    public Position Position { get; }

    /// <summary>Of the money; None while nothing could be valued.</summary>
    public CurrencyCode Currency => _ledger?.Currency ?? CurrencyCode.None;

    /// <summary>Realised profit before fees, units of 1e-9.</summary>
    public Int128 RealizedNanos { get; private set; }

    /// <summary>Fees paid, units of 1e-9; negative when rebates are more.</summary>
    public Int128 FeesNanos { get; private set; }

    /// <summary>Unrealised profit at the last mark, units of 1e-9.</summary>
    public Int128 UnrealizedNanos { get; private set; }

    internal Holdings Owner => _owner;

    /// <summary>Where the owner's money of this currency is.</summary>
    internal Ledger OpenLedger(AccountMoney money) => _ledger ??= _owner.OpenLedger(money);

    internal CarriedHolding Carry(ushort owner) => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedHolding>(MessageType.CarriedHolding, Instrument),
        Owner = owner,
        Side = Side,
        IsInverse = Position.IsInverse ? (byte)1 : (byte)0,
        Quantity = Position.Quantity,
        Cost = Position.Cost,
        Realized = Position.Realized,
        RealizedNanos = RealizedNanos,
        FeesNanos = FeesNanos,
        UnrealizedNanos = UnrealizedNanos,
        Currency = Currency,
    };

    /// <summary>Goes on from where an earlier session was.</summary>
    internal void Restore(in CarriedHolding carried)
    {
        Position.Restore(carried.Quantity, carried.Cost, carried.Realized);
        (RealizedNanos, FeesNanos, UnrealizedNanos) = (carried.RealizedNanos, carried.FeesNanos, carried.UnrealizedNanos);
    }

    internal void Settle(Int128 realized, Int128 fee)
    {
        RealizedNanos += realized;
        FeesNanos += fee;
    }

    /// <summary>Takes the profit at a new mark and returns the change.</summary>
    internal Int128 Revalue(Int128 unrealized)
    {
        Int128 change = unrealized - UnrealizedNanos;
        UnrealizedNanos = unrealized;
        return change;
    }
}
