using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Twins.SlowVenue;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What a venue and others of the account do without our asking, at random, some of it impossible.</summary>
internal sealed class RandomActs(int seed)
{
    private readonly Random _random = new(seed);

    public void After(ScriptedEngine engine, int index)
    {
        if (engine.Clock == Timestamp.Earliest) return;
        while (_random.Next(5) == 0) engine.Act(Next(engine) with { After = index, Time = engine.Venue.Clock });
    }

    private SlowAct Next(ScriptedEngine engine)
    {
        SlowActKind kind = (SlowActKind)_random.Next(5);
        Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
        SlowAct act = new(0, default, kind) { Side = side, Price = new Price((93 + _random.Next(14)) * Price.Scale), Quantity = Quantity.Units(_random.Next(0, 9)) };
        if (kind == SlowActKind.PlaceExternal) return act with { Instrument = new InstrumentId(_random.Next(4)) };
        if (engine.Reports.Count == 0) return act;
        OrderReport about = engine.Reports[^(1 + _random.Next(Math.Min(engine.Reports.Count, 20)))];
        return act with { ClientOrderId = about.ClientOrderId, VenueOrderId = AnOther(engine, about), Execution = AnExecution(engine, about) };
    }

    /// <summary>Mostly an order that others placed.</summary>
    private ulong AnOther(ScriptedEngine engine, OrderReport about)
    {
        OrderReport other = engine.Reports.FindLast(report => report.ClientOrderId.IsNone && report.VenueOrderId > 0);
        return other.VenueOrderId == 0 || _random.Next(4) == 0 ? about.VenueOrderId : other.VenueOrderId;
    }

    /// <summary>Mostly a fill, now and then a change of one, or something that is neither.</summary>
    private ExecutionId AnExecution(ScriptedEngine engine, OrderReport about)
    {
        if (_random.Next(4) == 0) return new ExecutionId(0, (ulong)_random.Next(1, 40));
        OrderReport fill = engine.Reports.FindLast(report => report.Kind == ReportKind.Filled && report.Sequence <= about.Sequence);
        return fill.ExecutionId;
    }
}
