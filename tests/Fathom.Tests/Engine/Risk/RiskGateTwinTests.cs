using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;
using Fathom.Engine.Risk.Limits;
using static Fathom.Tests.Engine.Risk.ScopesRig;

namespace Fathom.Tests.Engine.Risk;

/// <summary>Random limits, orders, fills, marks and doubts: the gate says what its plain twin says, and what it lets pass breaks nothing, whatever is filled.</summary>
public class RiskGateTwinTests
{
    private const int Steps = 120, LiveMost = 6;

    [Fact]
    public void The_gate_gives_the_twins_reason_and_what_passes_leads_to_no_breach()
    {
        Dictionary<(ReasonCode, RiskScope), int> seen = [];
        for (int seed = 0; seed < 200; seed++)
        {
            Random random = new(seed);
            RiskLimits limits = SomeLimits(random);
            ScopesRig rig = new(limits, cash: 1_500m);
            GateTwin twin = new(limits, 1_500m);
            for (int step = 0; step < Steps; step++) Step(rig, twin, random, step * 7L, $"seed {seed}, step {step}", seen);
        }
        ReasonCode[] due =
        [
            ReasonCode.None, ReasonCode.Duplicate, ReasonCode.PriceCollar, ReasonCode.QuantityLimit, ReasonCode.OrderTooSmall, ReasonCode.OrderNotionalLimit, ReasonCode.PositionLimit, ReasonCode.NotionalLimit,
            ReasonCode.NetNotionalLimit, ReasonCode.LeverageLimit, ReasonCode.ConcentrationLimit, ReasonCode.OpenOrdersLimit, ReasonCode.OrderRateLimit, ReasonCode.ReplaceRateLimit, ReasonCode.CancelRateLimit,
            ReasonCode.MessagesPerFillLimit,
        ];
        Assert.All(due, reason => Assert.True(seen.Where(pair => pair.Key.Item1 == reason).Sum(pair => pair.Value) > 20, $"{reason} was hardly seen"));
    }

    private static void Step(ScopesRig rig, GateTwin twin, Random random, long at, string place, Dictionary<(ReasonCode, RiskScope), int> seen)
    {
        InstrumentId instrument = new(random.Next(4));
        switch (random.Next(10))
        {
            case 0 or 1:
                decimal price = 8m + random.Next(400) / 100m;
                rig.Mark(instrument, price);
                twin.Mark(instrument.Index, price);
                break;
            case 2 when random.Next(4) == 0:
                decimal signed = random.Next(1, 5) * (random.Next(2) * 2 - 1);
                rig.Hold(-1, instrument, signed, 10m);
                twin.NoteFill(-1, instrument.Index, signed, 10m);
                break;
            case 3 or 4 or 5 when twin.Live.Count > 0: Answer(rig, twin, twin.Live[random.Next(twin.Live.Count)], random, at); break;
            default: Ask(rig, twin, random, instrument, at, place, seen); break;
        }
    }

    private static void Ask(ScopesRig rig, GateTwin twin, Random random, InstrumentId instrument, long at, string place, Dictionary<(ReasonCode, RiskScope), int> seen)
    {
        ushort strategy = (ushort)random.Next(2);
        GateTwin.LiveOrder? replaced = random.Next(4) == 0 && twin.Live.Count > 0 ? twin.Live[random.Next(twin.Live.Count)] : null;
        if (replaced is null && twin.Live.Count == LiveMost) return;
        // Buys below, sells above: what would meet another of the account is told elsewhere.
        decimal signed = random.Next(1, 9) * (random.Next(2) * 2 - 1);
        OrderCommand command = rig.Order(instrument, signed, signed > 0 ? 9.5m + random.Next(3) / 10m : 9.9m - 0.1m * random.Next(2), strategy, at);
        if (replaced is not null)
        {
            if (!rig.Blotter.TryFind(replaced.Id, out Order? order) || order.Status is not (OrderStatus.Open or OrderStatus.PartiallyFilled)) return;
            command = rig.Replacement(order, random.Next(1, 9) + replaced.Filled, at);
        }
        (ReasonCode, RiskScope) expected = twin.Judge(command, replaced, at);
        List<RuleVerdict> verdicts = [];
        rig.Gate.Explain(in command, isChild: false, isQuote: false, verdicts);
        Refusal refusal = rig.Send(command, out _);
        Assert.True((refusal.Reason, refusal.Scope) == expected, $"{place}: the gate says {refusal}, the twin {expected}");
        RuleVerdict first = verdicts.FirstOrDefault(verdict => !verdict.IsPassed);
        Assert.True(refusal.IsNone ? verdicts.TrueForAll(verdict => verdict.IsPassed) : (RiskRules.ReasonOf(first.Rule), first.Scope) == expected, $"{place}: it explains {first}");
        seen[expected] = seen.GetValueOrDefault(expected) + 1;
        if (!refusal.IsNone) return;
        decimal sign = command.Side.Sign(), quantity = (decimal)command.Quantity.Nanos / Quantity.Scale;
        (int owner, int index) = (command.Output.Strategy, command.Header.Instrument.Index);
        decimal added = replaced is null ? quantity : Math.Max(quantity - replaced.Filled - replaced.Leaves, 0);
        bool isFree = twin.Reduces(owner, index, sign, added) || twin.Reduces(-1, index, sign, added);
        twin.NoteSent(command.Kind, owner, index, at, command);
        if (replaced is null) twin.Live.Add(new GateTwin.LiveOrder { Id = command.ClientOrderId, Strategy = owner, Instrument = index, Sign = sign, Leaves = quantity });
        else replaced.Leaves += added;
        if (!isFree) twin.RequireNoBreach(owner, index, sign, place);
    }

    private static void Answer(ScopesRig rig, GateTwin twin, GateTwin.LiveOrder live, Random random, long at)
    {
        Assert.True(rig.Blotter.TryFind(live.Id, out Order? order));
        switch (random.Next(5))
        {
            case 0 when order.Status == OrderStatus.PendingNew: rig.Report(order, ReportKind.Accepted); break;
            case 0 when order.IsReplacementSent:
                rig.Report(order, ReportKind.ReplaceRejected);
                live.Leaves = (decimal)order.Leaves.Nanos / Quantity.Scale;
                break;
            case 1 when !order.IsInDoubt && order.Status != OrderStatus.PendingReplace: rig.Blotter.NoteDoubt(order, ReasonCode.Unanswered, At(at)); break;
            case 2:
                rig.Cancel(new InstrumentId(live.Instrument), (ushort)live.Strategy, at);
                twin.NoteSent(CommandKind.Cancel, live.Strategy, live.Instrument, at, default);
                break;
            case 3 when !order.IsReplacementSent:
                rig.Report(order, ReportKind.Canceled);
                if (!rig.Blotter.TryFind(live.Id, out _)) twin.Live.Remove(live);
                break;
            default:
                decimal quantity = random.Next(1, (int)(order.Leaves.Nanos / Quantity.Scale) + 1);
                if (order.IsReplacementSent || quantity * Quantity.Scale > order.Leaves.Nanos) break;
                twin.NoteFill(live.Strategy, live.Instrument, live.Sign * quantity, (decimal)order.Price.Nanos / Price.Scale);
                rig.Report(order, ReportKind.Filled, quantity);
                (live.Filled, live.Leaves) = (live.Filled + quantity, live.Leaves - quantity);
                if (!rig.Blotter.TryFind(live.Id, out _)) twin.Live.Remove(live);
                break;
        }
    }

    /// <summary>Each limit in about a third of the cases, tight enough to be met.</summary>
    private static RiskLimits SomeLimits(Random random) => new()
    {
        SelfMatch = SelfMatch.CancelResting,      // met orders are another test's
        DuplicateWindow = new Duration(One(random) ? 600 : 0),
        PriceCollarBps = One(random) ? 1_000 : null,
        QuantityMax = One(random) ? Quantity.Units(7) : Quantity.None,
        QuantityMin = One(random) ? Quantity.Units(2) : Quantity.None,
        OrderNotionalMax = One(random) ? 500m : null,
        OrderNotionalMin = One(random) ? 12m : null,
        PositionMax = One(random) ? Quantity.Units(random.Next(6, 20)) : Quantity.None,
        GrossNotionalMax = One(random) ? random.Next(500, 4_000) : null,
        OrderRateMax = One(random) ? new OrderRate(random.Next(1, 6), new Duration(100)) : null,
        Both = SomeScope(random),
        Account = SomeScope(random),
        Strategies = One(random) ? new Dictionary<string, ScopeLimits> { ["taker"] = SomeScope(random) with { PositionMax = Quantity.Units(9) } } : new Dictionary<string, ScopeLimits>(),
        Instruments = One(random) ? new Dictionary<string, InstrumentLimits> { ["CLX5"] = new() { Scope = SomeScope(random) with { MessagesPerFillMax = null, PositionMax = Quantity.Units(8) } } } : new Dictionary<string, InstrumentLimits>(),
        Products = One(random) ? new Dictionary<string, ScopeLimits> { ["CL"] = SomeScope(random) with { MessagesPerFillMax = null, PositionMax = Quantity.Units(12) } } : new Dictionary<string, ScopeLimits>(),
        Groups = One(random) ? [new GroupLimits("a", ["CLX5", "NGX5"], SomeScope(random) with { MessagesPerFillMax = null }), new GroupLimits("b", ["NGX5", "BTCUSD"], SomeScope(random) with { MessagesPerFillMax = null })] : [],
    };

    private static ScopeLimits SomeScope(Random random) => One(random) ? ScopeLimits.None : new()
    {
        GrossNotionalMax = One(random) ? random.Next(500, 3_000) : null,
        NetNotionalMax = One(random) ? random.Next(200, 2_000) : null,
        LeverageMax = One(random) ? 1m + random.Next(0, 20) / 10m : null,
        ConcentrationMax = One(random) ? new Concentration(random.Next(2, 9) / 10m, random.Next(100, 2_000)) : null,
        OpenOrdersMax = One(random) ? random.Next(1, 7) : null,
        OrderRateMax = One(random) ? new OrderRate(random.Next(1, 8), new Duration(random.Next(50, 200))) : null,
        ReplaceRateMax = One(random) ? new OrderRate(1, new Duration(random.Next(50, 400))) : null,
        CancelRateMax = One(random) ? new OrderRate(random.Next(1, 3), new Duration(random.Next(50, 200))) : null,
        MessagesPerFillMax = One(random) ? new MessageRatio(random.Next(1, 5), random.Next(3, 20)) : null,
    };

    private static bool One(Random random) => random.Next(3) == 0;
}
