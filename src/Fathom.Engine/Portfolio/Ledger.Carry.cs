using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Engine.Portfolio;

/// <summary>What a session roll carries of it.</summary>
public sealed partial class Ledger
{
    internal CarriedMoney CarryMoney(AccountMoney money) => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedMoney>(MessageType.CarriedMoney),
        Currency = Currency,
        StartNanos = StartNanos,
        RealizedNanos = RealizedNanos,
        FeesNanos = FeesNanos,
        UnrealizedNanos = UnrealizedNanos,
        AssetCostNanos = _assetCostNanos,
        DayStartNanos = _dayStartNanos,
        SettledNanos = money.SettledNanos,
        PeakNanos = money.Curve.PeakNanos,
        DrawdownMax = money.Curve.DrawdownMax,
    };

    /// <param name="owner">As a message names it.</param>
    internal CarriedLedger Carry(ushort owner) => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedLedger>(MessageType.CarriedLedger),
        Owner = owner,
        Currency = Currency,
        RealizedNanos = RealizedNanos,
        FeesNanos = FeesNanos,
        UnrealizedNanos = UnrealizedNanos,
        AssetCostNanos = _assetCostNanos,
        DayStartNanos = _dayStartNanos,
    };

    internal void Restore(in CarriedMoney carried)
    {
        StartNanos = carried.StartNanos;
        Restore(carried.RealizedNanos, carried.FeesNanos, carried.UnrealizedNanos, carried.AssetCostNanos, carried.DayStartNanos);
    }

    internal void Restore(in CarriedLedger carried) =>
        Restore(carried.RealizedNanos, carried.FeesNanos, carried.UnrealizedNanos, carried.AssetCostNanos, carried.DayStartNanos);

    private void Restore(Int128 realized, Int128 fees, Int128 unrealized, Int128 assetCost, Int128 dayStart)
    {
        (RealizedNanos, FeesNanos, UnrealizedNanos) = (realized, fees, unrealized);
        (_assetCostNanos, _dayStartNanos) = (assetCost, dayStart);
    }
}
