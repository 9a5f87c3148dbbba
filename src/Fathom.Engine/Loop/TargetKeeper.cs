using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Decisions;
using Fathom.Engine.Execution;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>Brings one strategy's positions to its targets, once per step and only where something moved.</summary>
internal sealed class TargetKeeper(StrategyContext context, SessionServices services, OrderSender sender, ushort strategy)
{
    /// <summary>Null where nothing is adjusted.</summary>
    public AdjustDesk? Adjust { get; init; }

    /// <summary>A target is to be looked at.</summary>
    public bool IsDue { get; private set; }

    /// <summary>Events are to be told even when they moved no best price.</summary>
    public bool WantsEvents()
    {
        foreach (StandingTarget? target in context.Targets.All)
            if (target is { IsProvisional: true }) return true;
        return false;
    }

    /// <summary>A venue event of the instrument is complete.</summary>
    /// <param name="isQuotable">The best levels can be traded against.</param>
    public void NoteMarket(InstrumentId instrument, bool isQuotable, in BestPrices best)
    {
        if (context.Targets.Find(instrument) is not { } target) return;
        target.NoteMarket(isQuotable, in best);
        IsDue |= target.IsDue;
    }

    /// <summary>The instrument's terms or its trading state changed outside of a venue event.</summary>
    public void NoteInstrument(InstrumentId instrument)
    {
        if (context.Targets.Find(instrument) is not { } target) return;
        bool isQuotable = services.Stage.IsQuotableBook(instrument, out BestPrices best);
        if (!isQuotable || !services.Stage.State.Books[instrument].IsEventOpen) target.NoteMarket(isQuotable, in best, isBetweenEvents: true);
        MakeDue(target);
    }

    /// <summary>The position in the instrument moved.</summary>
    public void NotePosition(InstrumentId instrument)
    {
        if (context.Targets.Find(instrument) is not { } target) return;
        target.NotePosition();
        IsDue = true;
    }

    /// <summary>An exit order of the instrument was filled: the target that stands does not go back in.</summary>
    public void NoteExit(InstrumentId instrument) => context.Targets.Find(instrument)?.NoteExit();

    /// <summary>The target stands, and an exit has got out of its position since it was stated.</summary>
    public bool IsExited(InstrumentId instrument) => context.Targets.Find(instrument) is { IsExited: true };

    /// <summary>What risk leaves of the targets may have changed.</summary>
    /// <param name="instrument">None: in all.</param>
    public void NoteRisk(InstrumentId instrument)
    {
        foreach (StandingTarget? target in context.Targets.All)
        {
            if (target is null || !(instrument.IsNone || target.Instrument == instrument)) continue;
            target.NoteRisk();
            IsDue = true;
        }
    }

    /// <summary>The target's order changed. What was rejected, or ended without anybody asking (above all: it found no liquidity), is not tried again before something moves.</summary>
    public void NoteOrder(in OrderEvent change, bool isRejection)
    {
        if (context.Targets.Find(change.Header.Instrument) is not { } target) return;
        bool isEnd = change.To is OrderStatus.Canceled or OrderStatus.CanceledAfterPartialFill or OrderStatus.Expired;
        bool isAsked = change.From == OrderStatus.PendingCancel || change.Reason == ReasonCode.Requested;
        if (isRejection || (isEnd && !isAsked)) target.Block();
        MakeDue(target);
    }

    /// <summary>A target stands, or its order still lives.</summary>
    public bool Owns(InstrumentId instrument) =>
        context.Targets.Find(instrument) is { } target && (target.IsStanding || sender.HasLive(instrument, OrderOrigin.Target));

    /// <summary>The target is in force from here on.</summary>
    public void Stand(InstrumentId instrument, TargetPosition position)
    {
        StandingTarget target = context.Targets.Of(instrument);
        if (!target.IsStanding) target.NoteMarket(services.Stage.IsQuotableBook(instrument, out BestPrices best), in best, isBetweenEvents: true);
        target.Stand(position);
        MakeDue(target);
    }

    public void Withdraw(InstrumentId instrument)
    {
        if (context.Targets.Find(instrument) is not { IsStanding: true } target) return;
        target.Withdraw();
        MakeDue(target);
    }

    public void WithdrawAll()
    {
        foreach (StandingTarget? target in context.Targets.All)
            if (target is not null) Withdraw(target.Instrument);
    }

    /// <summary>Nothing is tried before something moves.</summary>
    public void Block(InstrumentId instrument) => context.Targets.Find(instrument)?.Block();

    /// <summary>Nobody asks for anything any more: what lives is canceled by whoever says so.</summary>
    public void Forget()
    {
        foreach (StandingTarget? target in context.Targets.All)
            if (target is not null) target.IsDue = false;
        IsDue = false;
    }

    public void Reconcile()
    {
        IsDue = false;
        foreach (StandingTarget? target in context.Targets.All)
        {
            if (target is not { IsDue: true }) continue;
            target.IsDue = false;
            Reconcile(target);
        }
    }

    private void Reconcile(StandingTarget target)
    {
        Order? order = Live(target.Instrument);
        Quantity wanted = Adjust?.Target(target) ?? target.Target.Quantity;
        TargetAction action = TargetReconciler.Decide(target, wanted, order, context.Position(target.Instrument), in context.Instrument(target.Instrument));
        if (action.Kind == WantKind.None) return;
        if (action.Kind == WantKind.Cancel)
        {
            sender.Cancel(order!);
            return;
        }
        OrderIntent intent = action.Kind == WantKind.Submit && Adjust is not null ? Adjust.TargetOrder(target, action.Order) : action.Order;
        bool isSent = action.Kind == WantKind.Submit
            ? sender.Submit(context.NextId(), in intent, OrderOrigin.Target).IsNone
            : sender.Replace(order!, intent.Price, intent.Quantity).IsNone;
        if (!isSent) target.Block();
    }

    /// <summary>The one order of the strategy's target; null when none lives.</summary>
    private Order? Live(InstrumentId instrument)
    {
        Order? found = null;
        for (Order? order = services.Blotter.First(instrument); order is not null; order = order.Next)
        {
            if (order.Origin != OrderOrigin.Target || order.Strategy != strategy) continue;
            Invariant.Require(found is null, "at most one order works for a target");
            found = order;
        }
        return found;
    }

    private void MakeDue(StandingTarget target)
    {
        target.IsDue = true;
        IsDue = true;
    }
}
