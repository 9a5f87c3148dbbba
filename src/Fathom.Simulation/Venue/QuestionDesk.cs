using System.Runtime.CompilerServices;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;

namespace Fathom.Simulation.Venue;

/// <summary>Answers questions: how the venue has one order, and all that it has of the account. An answer is of one moment and leaves as one block.</summary>
internal sealed class QuestionDesk(OrderNames names, ExecutionLog executions, ReportWriter reports)
{
    private readonly List<OwnOrder> _open = [];

    /// <summary>The order's executions, then the order.</summary>
    /// <param name="now">Venue time.</param>
    public void Query(in OrderCommand command, Timestamp now)
    {
        if (!CanAnswer(in command, others: 0, now)) return;
        VenueOrder order = Find(in command);
        if (!order.Cumulative.IsZero) executions.Repeat(order.VenueOrderId, reports, now);
        reports.Answer(order, command.Approval, now);
    }

    /// <summary>Executions since a time, open orders in order of acceptance, positions in order of their instruments.</summary>
    /// <param name="instruments">Those in which the account ever had to do, by their index.</param>
    /// <param name="now">Venue time.</param>
    public void Snapshot(in OrderCommand command, ReadOnlySpan<VenueInstrument?> instruments, Timestamp now)
    {
        if (!CanAnswer(in command, instruments.Length * Unsafe.SizeOf<VenuePosition>(), now)) return;
        reports.Answer(Edge(VenueAnswerKind.SnapshotBegins), command.Approval, now);
        VenueAnswer end = Edge(VenueAnswerKind.SnapshotEnds);
        end.Executions = executions.RepeatSince(command.Since, reports, now);
        end.Orders = AnswerOrders(command.Approval, now);
        end.Positions = AnswerPositions(instruments, command.Approval, now);
        reports.Answer(end, command.Approval, now);
    }

    private VenueOrder Find(in OrderCommand command)
    {
        if (names.TryFindClosed(command.ClientOrderId, command.VenueOrderId, out VenueOrder order)) return order;
        if (names.TryFind(command.ClientOrderId, command.VenueOrderId, out OwnOrder? live))
        {
            live.Describe(out order);
            return order;
        }
        return new VenueOrder
        {
            Header = new MessageHeader { Instrument = command.Header.Instrument },
            ClientOrderId = command.ClientOrderId,
            VenueOrderId = command.VenueOrderId,
            Price = Price.None,
            TriggerPrice = Price.None,
            TrailOffset = Price.None,
        };
    }

    private int AnswerOrders(long request, Timestamp now)
    {
        names.AddLiveTo(_open);
        foreach (OwnOrder order in _open)
        {
            order.Describe(out VenueOrder told);
            reports.Answer(told, request, now);
        }
        int count = _open.Count;
        _open.Clear();
        return count;
    }

    private int AnswerPositions(ReadOnlySpan<VenueInstrument?> instruments, long request, Timestamp now)
    {
        int count = 0;
        Position?[] positions = executions.Positions();
        for (int i = 0; i < instruments.Length; i++)
        {
            if (instruments[i] is not { } instrument || instrument.Position == 0) continue;
            Position? position = i < positions.Length ? positions[i] : null;
            Invariant.Require(position is not null && position.Quantity.Nanos == instrument.Position, "a position is the sum of its executions");
            VenuePosition answer = new() { Header = new MessageHeader { Instrument = instrument.Id }, Quantity = position!.Quantity, AveragePrice = position.AveragePrice };
            reports.Answer(answer, request, now);
            count++;
        }
        return count;
    }

    /// <summary>False, and said so, when so much is on its way already that the answer might not find room.</summary>
    private bool CanAnswer(in OrderCommand command, long others, Timestamp now)
    {
        long bytes = others + (long)executions.Count * Unsafe.SizeOf<ExecutionChanged>() + (1L + names.LiveCount) * Unsafe.SizeOf<VenueOrder>() + 2 * Unsafe.SizeOf<VenueAnswer>();
        if (reports.HasRoomFor(bytes)) return true;
        VenueAnswer failed = Edge(VenueAnswerKind.Failed);
        failed.Header.Instrument = command.Header.Instrument;
        failed.Reason = ReasonCode.Unavailable;
        reports.Answer(failed, command.Approval, now);
        return false;
    }

    private static VenueAnswer Edge(VenueAnswerKind kind) => new() { Header = new MessageHeader { Instrument = InstrumentId.None }, Kind = kind };
}
