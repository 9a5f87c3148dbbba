using Fathom.Analytics;
using Fathom.Analytics.Fills;
using Fathom.Analytics.Profit;
using Fathom.Analytics.Quotes;
using Fathom.Domain.Messages;
using Fathom.Domain.Numerics;
using Fathom.Domain.Values;
using static Fathom.Tests.Analytics.Happenings;

namespace Fathom.Tests.Analytics.Profit;

public class PositionRecordsTests
{
    private readonly PositionRecords _records = new(100);

    [Fact]
    public void Profit_is_spread_and_inventory_less_fees()
    {
        // Bought 2 at 99 while the mid was 100, sold them at 98 while it was 97.5; the multiplier is 10.
        Book(Fill(At(0), Side.Buy, 99, 2), 99.5m, 100.5m, multiplier: 10);
        Book(Fill(At(1), Side.Sell, 98, 2), 97, 98, multiplier: 10);
        ProfitSplit split = Assert.Single(_records.Split([Outcome(realized: -20, fees: 3)]));
        Assert.Equal((30m, -50m, 3m, -23m), (split.Spread, split.Inventory, split.Fees, split.Total));
        Assert.Equal((2, "4", "0"), (split.FillCount, split.Traded.ToString(), split.Position.ToString()));
    }

    [Fact]
    public void A_fill_before_the_first_quote_earned_no_spread()
    {
        _records.Note(new MarkedFill(Fill(At(0), Side.Buy, 99, 2), Mid.None, 1_000_000_000, InstrumentKind.Linear, 1));
        ProfitSplit split = Assert.Single(_records.Split([Outcome(unrealized: 5, quantity: 2)]));
        Assert.Equal((0m, 5m, "2"), (split.Spread, split.Inventory, split.Position.ToString()));
    }

    [Fact]
    public void Outcomes_of_both_directions_are_one_position()
    {
        Book(Fill(At(0), Side.Buy, 99, 2), 99, 99);
        ProfitSplit split = Assert.Single(_records.Split([Outcome(realized: 1, fees: 1, quantity: 5), Outcome(unrealized: 2, fees: 2, quantity: -3)]));
        Assert.Equal((3m, 3m, "2"), (split.Inventory, split.Fees, split.Position.ToString()));
    }

    [Fact]
    public void Positions_come_in_the_order_of_strategies_then_instruments()
    {
        Book(Fill(At(0), Side.Buy, 1, 1, strategy: ushort.MaxValue), 1, 1);
        Book(Fill(At(0), Side.Buy, 1, 1, strategy: 1, instrument: 2), 1, 1);
        Book(Fill(At(0), Side.Buy, 1, 1, strategy: 1, instrument: 0), 1, 1);
        Book(Fill(At(0), Side.Buy, 1, 1, strategy: 0, instrument: 1), 1, 1);
        PositionOutcome[] outcomes = [Outcome(strategy: 1), Outcome(strategy: 1, instrument: 2), Outcome(strategy: ushort.MaxValue), Outcome(instrument: 1)];
        Assert.Equal([(0, 1), (1, 0), (1, 2), (ushort.MaxValue, 0)], _records.Split(outcomes).Select(split => ((int)split.Strategy, split.Instrument.Index)));
    }

    [Fact]
    public void A_position_with_fills_needs_an_outcome()
    {
        Book(Fill(At(0), Side.Buy, 99, 2), 99, 99);
        Assert.Throws<ArgumentException>(() => _records.Split([Outcome(instrument: 1), Outcome(strategy: 1)]));
    }

    [Fact]
    public void Inventory_is_what_both_directions_come_to()
    {
        _records.Note(Position(At(1), 2));
        _records.Note(Position(At(2), -1));
        _records.Note(Position(At(3), 4, side: PositionSide.Long));
        _records.Note(Position(At(4), -10, side: PositionSide.Short));
        Assert.Equal([2, -1, 3, -7], Assert.Single(_records.All).Value.Inventory.ToArray().Select(point => point.Low));
    }

    [Fact]
    public void Random_runs_split_the_profit_without_a_rest()
    {
        for (int seed = 0; seed < Fuzz.Seeds(500); seed++)
        {
            SplitMix64 dice = new((ulong)seed);
            PositionRecords records = new(100);
            long multiplier = 1 + (long)dice.NextBelow(5_000_000_000);
            decimal exactSpread = 0, cash = 0, held = 0, mid = 0, fees = 0, size = multiplier / 1e9m;
            for (int i = 0; i < 40; i++)
            {
                long bid = (long)dice.NextBelow(1_000_000), ask = bid + (long)dice.NextBelow(1_000);
                decimal price = dice.NextBelow(1_000_000) / 1e9m, quantity = (1 + dice.NextBelow(1_000)) / 100m, fee = dice.NextBelow(1_000) / 1e9m;
                Side side = dice.NextBelow(2) == 0 ? Side.Buy : Side.Sell;
                FillEvent fill = Fill(At(i), side, price, quantity, fee: fee);
                mid = (bid + ask) / 2e9m;
                records.Note(new MarkedFill(fill, Mid.Between(new Price(bid), new Price(ask)), multiplier, InstrumentKind.Linear, 1));
                exactSpread += side.Sign() * (mid - price) * quantity * size;
                cash -= side.Sign() * price * quantity * size;
                held += side.Sign() * quantity;
                fees += fee;
            }
            decimal unrealized = decimal.Round(held * mid * size, 9), realized = decimal.Round(cash, 9);
            ProfitSplit split = Assert.Single(records.Split([Outcome(realized: realized, unrealized: unrealized, fees: fees)]));
            Assert.True(split.Spread + split.Inventory - split.Fees == realized + unrealized - fees, $"seed {seed}");
            Assert.True(split.Total == realized + unrealized - fees, $"seed {seed}");
            Assert.True(split.Spread == decimal.Round(exactSpread, 9, MidpointRounding.ToEven), $"seed {seed}: {split.Spread} for {exactSpread}");
        }
    }

    private void Book(FillEvent fill, decimal bid, decimal ask, int multiplier = 1) =>
        _records.Note(new MarkedFill(fill, Mid.Between(Price.From(bid), Price.From(ask)), multiplier * 1_000_000_000L, InstrumentKind.Linear, 1));

    private static PositionOutcome Outcome(
        decimal realized = 0, decimal unrealized = 0, decimal fees = 0, decimal quantity = 0, ushort strategy = 0, int instrument = 0) =>
        new(strategy, new InstrumentId(instrument), Usd, Quantity.From(quantity), realized, unrealized, fees);
}
