using Fathom.Domain;
using Fathom.Domain.Books;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk.Adjust;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop;

/// <summary>Keeps the orders of one strategy's quote ladders to what the ladders say, once per step and only where something moved.</summary>
internal sealed class LadderKeeper(StrategyContext context, SessionServices services, OrderSender sender, ushort strategy)
{
    private readonly LadderReconciler _reconciler = new();

    /// <summary>Null where nothing is adjusted.</summary>
    public AdjustDesk? Adjust { get; init; }

    /// <summary>A ladder's orders are to be looked at.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Events are to be told even when they moved no best price.</summary>
    public bool WantsEvents()
    {
        foreach (StandingLadder? ladder in context.Ladders)
            if (ladder is { WantsEvents: true }) return true;
        return false;
    }

    /// <summary>A venue event of the instrument is complete.</summary>
    /// <param name="isQuotable">The best levels can be quoted against.</param>
    public void NoteMarket(InstrumentId instrument, bool isQuotable, in BestPrices best)
    {
        if (context.Ladder(instrument) is not { } ladder) return;
        ladder.NoteMarket(isQuotable, in best);
        IsDue |= ladder.IsDue;
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event.</summary>
    public void NoteInstrument(InstrumentId instrument)
    {
        if (context.Ladder(instrument) is not { } ladder) return;
        bool isQuotable = services.Stage.IsQuotableBook(instrument, out BestPrices best);
        if (!isQuotable || !services.Stage.State.Books[instrument].IsEventOpen) ladder.NoteMarket(isQuotable, in best, isBetweenEvents: true);
        MakeDue(ladder);
    }

    /// <summary>What risk leaves of the quotes may have changed.</summary>
    /// <param name="instrument">None: in all.</param>
    public void NoteRisk(InstrumentId instrument)
    {
        foreach (StandingLadder? ladder in context.Ladders)
        {
            if (ladder is null || !(instrument.IsNone || ladder.Instrument == instrument)) continue;
            ladder.NoteRisk();
            IsDue = true;
        }
    }

    /// <summary>One of the ladder's orders changed. What was refused or rejected is not tried again before the market or the ladder moves.</summary>
    public void NoteOrder(in OrderEvent change, bool isRejection)
    {
        if (context.Ladder(change.Header.Instrument) is not { } ladder) return;
        if (isRejection) ladder.Block(change.Side);
        MakeDue(ladder);
    }

    /// <summary>A ladder stands, or some of its orders still live.</summary>
    public bool Owns(InstrumentId instrument) =>
        context.Ladder(instrument) is { } ladder && (ladder.IsStanding || sender.HasLive(instrument, OrderOrigin.Ladder));

    /// <summary>What the strategy handed over last is in force from here on.</summary>
    public void Stand(InstrumentId instrument)
    {
        StandingLadder ladder = context.Ladder(instrument)!;
        services.Stage.LastEvent(instrument, out BestPrices last, out _);
        if (ladder.IsStanding) ladder.Refresh(in last);
        else ladder.NoteMarket(services.Stage.IsQuotableBook(instrument, out BestPrices best), in best, isBetweenEvents: true);
        ladder.Stand();
        MakeDue(ladder);
    }

    public void Withdraw(InstrumentId instrument)
    {
        if (context.Ladder(instrument) is not { IsStanding: true } ladder) return;
        ladder.Withdraw();
        MakeDue(ladder);
    }

    public void WithdrawAll()
    {
        foreach (StandingLadder? ladder in context.Ladders)
            if (ladder is not null) Withdraw(ladder.Instrument);
    }

    /// <summary>The side waits until the market or the ladder moves.</summary>
    public void Block(InstrumentId instrument, Side side) => context.Ladder(instrument)?.Block(side);

    /// <summary>Nobody asks for anything any more: what lives is canceled by whoever says so.</summary>
    public void Forget()
    {
        foreach (StandingLadder? ladder in context.Ladders)
            if (ladder is not null) ladder.IsDue = false;
        IsDue = false;
    }

    public void Reconcile()
    {
        IsDue = false;
        foreach (StandingLadder? ladder in context.Ladders)
        {
            if (ladder is not { IsDue: true }) continue;
            ladder.IsDue = false;
            Reconcile(ladder);
        }
    }

    private void Reconcile(StandingLadder ladder)
    {
        ref readonly InstrumentDefinition definition = ref context.Instrument(ladder.Instrument);
        LadderAdjustment adjustment = Adjust?.Ladder(ladder) ?? default;
        foreach (LadderAction action in _reconciler.Reconcile(ladder, services.Blotter.First(ladder.Instrument), strategy, in definition, in adjustment))
        {
            if (action.Kind == WantKind.Submit)
            {
                OrderIntent intent = new(ladder.Instrument, action.Side, action.Quantity, action.Price) { PostOnly = true };
                if (!sender.Submit(context.NextId(), in intent, OrderOrigin.Ladder).IsNone) ladder.Block(action.Side);
                continue;
            }
            bool isLive = services.Blotter.TryFind(action.Order, out Order? order);
            Invariant.Require(isLive, "a ladder's action is about a live order");
            if (action.Kind == WantKind.Cancel) sender.Cancel(order!);
            else if (!sender.Replace(order!, action.Price, action.Quantity).IsNone) ladder.Block(action.Side);
        }
    }

    private void MakeDue(StandingLadder ladder)
    {
        ladder.IsDue = true;
        IsDue = true;
    }
}
