using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Loop;
using Fathom.Engine.Orders;

namespace Fathom.Tests.Engine.Loop;

public sealed class IDecisionTraceTests
{
    [Fact]
    public void Wants_are_shown_before_they_act_orders_before_they_are_judged_and_then_the_step_rests()
    {
        ScriptedStrategy strategy = new() { Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m)) };
        using EngineRig rig = new(strategy);
        Notes notes = new(rig);
        rig.Define().Quote(10.00m, 10.02m);
        ClientOrderId id = Assert.Single(rig.Sent).ClientOrderId;
        Assert.Equal([$"wants OnBook Submit {id}", $"judging Submit {id} Intent", "rest"], notes.Of(rig.Engine.InputCount));
        Assert.All(notes.Reserved, reserved => Assert.Equal(Quantity.Zero, reserved));      // nothing was, when it was shown
        Assert.True(rig.Engine.Orders.TryFind(id, out _));
    }

    [Fact]
    public void A_ladders_orders_its_replacements_and_a_held_order_that_leaves_are_shown_too()
    {
        QuoteLadder ladder = new QuoteLadder().Add(Side.Buy, 1, Quantity.Units(1));
        ScriptedStrategy strategy = new() { Book = (context, book) => { if (!HasQuoted(context)) context.Quote(book.Instrument, ladder); } };
        static bool HasQuoted(StrategyContext context) => context.WorkingOrders(EngineRig.Crude).GetEnumerator().MoveNext();
        using EngineRig rig = new(strategy);
        Notes notes = new(rig);
        rig.Define().Quote(10.00m, 10.02m);
        ClientOrderId quote = Assert.Single(rig.Sent).ClientOrderId;
        Assert.Equal(["wants OnBook Quote ", $"judging Submit {quote} Ladder", "rest"], notes.Of(rig.Engine.InputCount));
        rig.AcceptAll().Quote(10.05m, 10.07m);
        Assert.Contains($"judging Replace {quote} Ladder", notes.Of(rig.Engine.InputCount));

        bool hasAsked = false;
        ScriptedStrategy stopper = new();
        stopper.Book = (context, _) =>
        {
            if (!hasAsked) context.Submit(new OrderIntent(EngineRig.Crude, Side.Buy, Quantity.Units(1), Price.None) { Type = OrderType.Stop, TriggerPrice = Price.From(10.10m) });
            hasAsked = true;
        };
        using EngineRig held = new(stopper, features: VenueFeatures.All & ~VenueFeatures.Stops);
        Notes ofStop = new(held);
        held.Define().Quote(10.00m, 10.02m);
        Assert.Empty(held.Sent);
        held.Trade(Side.Buy, 10.10m, 1m);
        Assert.Contains($"judging Submit {Assert.Single(held.Sent).ClientOrderId} Intent", ofStop.Of(held.Engine.InputCount));
    }

    [Fact]
    public void Who_looks_changes_nothing()
    {
        static string Run(bool isTraced)
        {
            ScriptedStrategy strategy = new() { Book = (context, _) => context.Submit(ScriptedStrategy.Limit(Side.Buy, 9.98m)) };
            using EngineRig rig = new(strategy);
            if (isTraced) _ = new Notes(rig);
            rig.Define().Quote(10.00m, 10.02m).AcceptAll().Quote(10.01m, 10.03m);
            rig.Engine.Stop();
            return rig.Engine.Fingerprint.ToString();
        }
        Assert.Equal(Run(isTraced: false), Run(isTraced: true));
    }

    private sealed class Notes : IDecisionTrace
    {
        private readonly TradingEngine _engine;
        private readonly List<(long Input, string Text)> _notes = [];

        public Notes(EngineRig rig)
        {
            _engine = rig.Engine;
            _engine.Trace = this;
        }

        /// <summary>For each order that was to be judged: what was reserved on its side.</summary>
        public List<Quantity> Reserved { get; } = [];

        public IEnumerable<string> Of(long input) => _notes.Where(note => note.Input == input).Select(note => note.Text);

        public void OnWants(ushort strategy, StrategyCallback callback, ReadOnlySpan<Want> wants)
        {
            foreach (Want want in wants) _notes.Add((_engine.InputCount, $"wants {callback} {want.Kind} {want.Order}"));
        }

        public void OnJudging(in OrderCommand command, OrderOrigin origin, bool isChild)
        {
            Reserved.Add(_engine.Orders.Exposure[command.Header.Instrument, command.Side]);
            _notes.Add((_engine.InputCount, $"judging {command.Kind} {command.ClientOrderId} {origin}"));
        }

        public void OnRest() => _notes.Add((_engine.InputCount, "rest"));
    }
}
