using Fathom.Domain.Messages;
using Fathom.Domain.Snapshots;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;
using Fathom.Engine.Risk;
using Fathom.Tests.Engine.Portfolio;

namespace Fathom.Tests.Engine.Risk;

public class StandingRefusalsTests
{
    private static readonly InstrumentId[] Instruments = [GateRig.Dollar, GateRig.Coin, GateRig.Euro];
    private static readonly CurrencyRate[] Rates = [new(AccountTests.Code("BTC"), 20_000m), new(AccountTests.Code("EUR"), 1.25m)];
    private static readonly ReasonCode[] Limits = [ReasonCode.KillSwitch, ReasonCode.OnlyReducing, ReasonCode.PositionLimit, ReasonCode.NotionalLimit, ReasonCode.DailyLossLimit, ReasonCode.OrderRateLimit];

    [Fact]
    public void Nothing_stands_where_nothing_is_limited_or_reached()
    {
        GateRig rig = new GateRig(new RiskLimits()).Mark(GateRig.Dollar, 100m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 1_000m, 100m);
        Assert.Empty(Find(rig));
        rig = new GateRig(new RiskLimits { PositionMax = Quantity.Units(3), OrderRateMax = new OrderRate(1, new Duration(10)) });
        rig.Fill(0, GateRig.Dollar, Side.Buy, 2m, 100m);
        Assert.Empty(Find(rig));
    }

    [Fact]
    public void Each_limit_is_told_with_its_two_numbers()
    {
        RiskLimits limits = new() { PositionMax = Quantity.Units(3), GrossNotionalMax = 250m, DailyLossMax = 20m, OrderRateMax = new OrderRate(1, new Duration(10)) };
        GateRig rig = new GateRig(limits).Mark(GateRig.Dollar, 100m);
        rig.Submit(Side.Buy, 1m);
        rig.Fill(0, GateRig.Dollar, Side.Buy, 2m, 100m);
        rig.Mark(GateRig.Dollar, 90m);
        rig.Gate.KillSwitch.TryTurnOn(new ActiveKill(KillSwitch.All, InstrumentId.None, GateRig.At(1), KillCause.Operator, Flattens: false, ""));
        InstrumentId any = InstrumentId.None;
        Assert.Equal(
        [
            new StandingRefusal(ReasonCode.KillSwitch, null, any, Side.None, 0, 1),
            new StandingRefusal(ReasonCode.PositionLimit, null, GateRig.Dollar, Side.Buy, Nanos(3), Nanos(3)),
            new StandingRefusal(ReasonCode.PositionLimit, 0, GateRig.Dollar, Side.Buy, Nanos(3), Nanos(3)),
            new StandingRefusal(ReasonCode.DailyLossLimit, null, any, Side.None, Nanos(20), Nanos(20)),
            new StandingRefusal(ReasonCode.NotionalLimit, null, any, Side.None, Nanos(250), Nanos(270)),
            new StandingRefusal(ReasonCode.DailyLossLimit, 0, any, Side.None, Nanos(20), Nanos(20)),
            new StandingRefusal(ReasonCode.NotionalLimit, 0, any, Side.None, Nanos(250), Nanos(270)),
            new StandingRefusal(ReasonCode.OrderRateLimit, null, any, Side.None, 1, 1),
        ], Find(rig, at: 9));
        Assert.DoesNotContain(Find(rig, at: 10), refusal => refusal.Reason == ReasonCode.OrderRateLimit);
    }

    /// <summary>Law: the smallest order there is, one that makes no position smaller, is refused for a limit exactly where that limit stands for its owner, instrument and side.</summary>
    [Fact]
    public void The_gate_refuses_the_smallest_order_exactly_where_a_limit_stands()
    {
        int[] refused = new int[Limits.Length];
        int passed = 0;
        for (int seed = 0; seed < 400; seed++)
        {
            Random random = new(seed);
            GateRig rig = new(SomeLimits(random), 100_000m, Rates);
            foreach (InstrumentId instrument in Instruments)
            {
                rig.Instruments.Apply(rig.Instruments[instrument] with { Lot = Quantity.Zero });
                rig.Mark(instrument, 100m, 102m);
            }
            for (int step = 0; step < 25; step++)
            {
                Move(rig, random, step);
                for (int probe = 0; probe < 4; probe++) Check(rig, random, step, refused, ref passed, $"seed {seed}, step {step}");
            }
        }
        Assert.True(passed > 1_000 && refused.All(count => count > 100), $"{passed} passed; refused {string.Join(", ", refused)}");
    }

    private static void Check(GateRig rig, Random random, int step, int[] refused, ref int passed, string where)
    {
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        ushort strategy = (ushort)random.Next(2);
        InstrumentId instrument = Instruments[random.Next(Instruments.Length)];
        int sign = side.Sign();
        if (rig.Account.Strategy(strategy).Quantity(instrument).Nanos * sign < 0 || rig.Account.Held(instrument) * sign < 0) return;      // it would make a position smaller

        Refusal said = rig.Gate.Review(rig.Command(side, 0.000000001m, side == Side.Buy ? 5m : 6m, instrument, strategy, at: step * 5));
        ReasonCode[] standing = [.. Find(rig, step * 5).Where(one =>
            (one.Owner ?? strategy) == strategy && (one.Instrument.IsNone || one.Instrument == instrument) && (one.Side == Side.None || one.Side == side)).Select(one => one.Reason)];
        if (said.IsNone) passed++;
        else Assert.True(Limits.Contains(said.Reason), $"{where}: {said}");
        Assert.True(said.IsNone ? standing.Length == 0 : standing.Contains(said.Reason), $"{where}: {strategy} {side} {instrument}: {said}, standing {string.Join(", ", standing)}");
        if (!said.IsNone) refused[Array.IndexOf(Limits, said.Reason)]++;
    }

    private static void Move(GateRig rig, Random random, int step)
    {
        InstrumentId instrument = Instruments[random.Next(Instruments.Length)];
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        ushort strategy = (ushort)random.Next(2);
        int price = random.Next(90, 110);
        if (random.Next(8) == 0) rig.Gate.Modes.TryRestrict(strategy, AnomalyKind.Overfilled);
        else if (random.Next(4) == 0) rig.Gate.Modes.TryResume(strategy);
        rig.Gate.Modes.IsReconciled = random.Next(20) > 0;
        switch (random.Next(8))
        {
            case < 3: rig.Fill(random.Next(8) == 0 ? -1 : strategy, instrument, side, random.Next(1, 4), price); break;
            case < 5: rig.Mark(instrument, price, price + 2); break;
            case 5 when random.Next(6) == 0: rig.Gate.KillSwitch.TryTurnOn(new ActiveKill(KillSwitch.All, InstrumentId.None, GateRig.At(step * 5), KillCause.Operator, Flattens: false, "")); break;
            case 6: rig.Gate.KillSwitch.TryTurnOff(KillSwitch.All, InstrumentId.None, out _); break;
            default:
                OrderCommand command = rig.Command(side, random.Next(1, 4), side == Side.Buy ? 5m : 6m, instrument, strategy, at: step * 5);
                if (rig.Gate.Judge(ref command, Quantity.Zero, out _).IsNone) rig.Blotter.Add(command);
                break;
        }
    }

    private static RiskLimits SomeLimits(Random random) => new()
    {
        PositionMax = random.Next(2) == 0 ? Quantity.None : Quantity.Units(random.Next(2, 9)),
        GrossNotionalMax = random.Next(2) == 0 ? null : random.Next(500, 20_000),
        DailyLossMax = random.Next(3) > 0 ? null : random.Next(10, 300),
        OrderRateMax = random.Next(2) == 0 ? null : new OrderRate(random.Next(1, 4), new Duration(random.Next(5, 60))),
    };

    private static StandingRefusal[] Find(GateRig rig, long at = 0) => new StandingRefusals(rig.Gate, rig.Account).Find(GateRig.At(at), Instruments).ToArray();

    private static Int128 Nanos(int units) => (Int128)units * Price.Scale;
}
