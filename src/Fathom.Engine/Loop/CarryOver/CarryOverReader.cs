using Fathom.Domain;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Portfolio;

namespace Fathom.Engine.Loop.CarryOver;

/// <summary>Takes a carry-over, message by message, into an engine that has taken nothing else of weight. What a file may have wrong the edge has told the user already
/// (<see cref="CarryOverBlock"/>): what is wrong here is our own doing.</summary>
internal sealed class CarryOverReader
{
    private readonly CarryOverParts _parts;
    private readonly CarryOverBegins _begins;
    private readonly Xxh3 _hash = new();
    private uint _count;
    private uint _orders;

    public CarryOverReader(CarryOverParts parts, in CarryOverBegins begins)
    {
        Invariant.Require(begins.Version == CarryOverBegins.CurrentVersion, "a carry-over is of the version that is read");
        Invariant.Require(begins.Owners <= parts.Sessions.Length, "every owner of a carry-over is one of this engine's");
        Invariant.Require(parts.Account.IsNew && parts.Blotter.TakenCount == 0, "a carry-over comes before anything is owned or asked for");
        (_parts, _begins) = (parts, begins);
        if (begins.Clock > parts.Input.Clock) parts.Input.Clock = begins.Clock;
        parts.Gate.Restore(begins.Approvals);
        parts.Outbox.Restore(begins.Approvals);
        parts.Publisher.Restore(begins.Outputs, begins.Descriptions);
        parts.Blotter.RestoreTaken(begins.OrdersTaken);
        foreach (ClientOrderIds ids in parts.Ids) ids.Restore(begins.JournalId, 0);
        Note(Messages.AsBytes(in begins));
    }

    /// <summary>The message is the block's next: whatever it is, it counts.</summary>
    public void Note(ReadOnlySpan<byte> message)
    {
        Invariant.Require(Messages.Header(message).ReceiveTime.IsNone, "a carry-over is one block, and its messages state no time");
        _hash.Append(message);
        _count++;
    }

    /// <summary>Takes one of the block's own messages but the first and the last. Definitions and stored values among them go their usual ways.</summary>
    public void Take(ReadOnlySpan<byte> message)
    {
        Account account = _parts.Account;
        switch (Messages.Header(message).Type)
        {
            case MessageType.CarriedKill: _parts.Gate.KillSwitch.Restore(in Messages.As<CarriedKill>(message)); break;
            case MessageType.CarriedKillBase: _parts.KillWatch?.Restore(in Messages.As<CarriedKillBase>(message)); break;
            case MessageType.CarriedMoney: account.Restore(in Messages.As<CarriedMoney>(message)); break;
            case MessageType.CarriedPeak: account.Restore(in Messages.As<CarriedPeak>(message)); break;
            case MessageType.CarriedLedger: account.Restore(in Messages.As<CarriedLedger>(message)); break;
            case MessageType.CarriedAccount: Take(in Messages.As<CarriedAccount>(message)); break;
            case MessageType.CarriedOwner: Take(in Messages.As<CarriedOwner>(message)); break;
            case MessageType.CarriedInstrument: account.Restore(in Messages.As<CarriedInstrument>(message)); break;
            case MessageType.CarriedHolding: account.Restore(in Messages.As<CarriedHolding>(message)); break;
            case MessageType.CarriedRiskState: _parts.States?.Restore(in Messages.As<CarriedRiskState>(message)); break;
            case MessageType.CarriedOrderList: Take(in Messages.As<CarriedOrderList>(message)); break;
            case MessageType.CarriedOrder: Take(in Messages.As<CarriedOrder>(message)); break;
            case MessageType.CarriedExternalOrder: _parts.Recovery.Externals.Restore(in Messages.As<CarriedExternalOrder>(message)); break;
            case MessageType.CarriedExecutions: Take(in Messages.As<CarriedExecutions>(message)); break;
            case MessageType.CarriedOrderTimes: _parts.Gate.Restore(in Messages.As<CarriedOrderTimes>(message)); break;
            default: Invariant.Require(false, "a carry-over consists of the messages that are known"); break;
        }
    }

    /// <summary>The block is whole: holds it to its word, and the account to its laws.</summary>
    public void Complete(in CarryOverEnds ends)
    {
        _count++;
        Invariant.Require(_count == ends.Count && _count == _begins.Count && _orders == _begins.Orders, "a carry-over is whole");
        Invariant.Require(_hash.Finish() == ends.Hash, "a carry-over comes in as it was written");
        foreach (StrategySession session in _parts.Sessions) session.CompleteRestore();
        _parts.Recovery.CompleteRestore();
        AccountLaws.Check(_parts.Account);
    }

    private void Take(in CarriedAccount carried)
    {
        _parts.Account.Restore(in carried);
        _parts.Recovery.Restore(in carried);
        _parts.Gate.Modes.IsReconciled = carried.IsReconciled != 0;
    }

    private void Take(in CarriedExecutions carried)
    {
        _parts.Blotter.Restore(in carried);
        _parts.Recovery.Restore(carried.Header.Source, carried.ReportNumber);
    }

    private void Take(in CarriedOwner carried)
    {
        _parts.Account.Restore(in carried);
        if (carried.Owner == CarriedOwner.External) return;
        Invariant.Require(carried.Owner < _begins.Owners, "every owner of a carry-over is one of this engine's");
        _parts.Ids[carried.Owner].Restore(_begins.JournalId, carried.LastOrder);
        _parts.Sessions[carried.Owner].Retry = carried.Retry;
        if (carried.Anomaly != AnomalyKind.None) _parts.Gate.Modes.TryRestrict(carried.Owner, carried.Anomaly);
    }

    private void Take(in CarriedOrderList carried)
    {
        Invariant.Require(carried.Owner < _begins.Owners, "every owner of a carry-over is one of this engine's");
        _parts.Sessions[carried.Owner].Restore(in carried);
    }

    private void Take(in CarriedOrder carried)
    {
        _orders++;
        Order order = _parts.Blotter.Restore(in carried);
        _parts.Sessions[order.Strategy].Restore(order, in carried);
        _parts.Recovery.Restore(order, in carried);
    }
}
