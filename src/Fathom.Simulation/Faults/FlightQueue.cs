using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>What is on its way in one direction, by the time of its arrival; what left first arrives first at equal time.</summary>
internal sealed class FlightQueue
{
    private readonly PriorityQueue<Flight, (long Due, long Order)> _flights = new();
    private readonly List<Flight> _held = [];
    private long _order;
    private int _dead;

    public int Count => _flights.Count - _dead;

    public Timestamp Due => First?.Due ?? Timestamp.None;

    public void Add(Flight flight)
    {
        _flights.Enqueue(flight, (flight.Due.Nanos, ++_order));
        if (flight.Hold != HoldReason.None) _held.Add(flight);
    }

    public Flight Take()
    {
        Flight flight = First!;
        _flights.Dequeue();
        if (flight.Hold != HoldReason.None) _held.Remove(flight);
        return flight;
    }

    /// <summary>Those that wait for this and no longer have to: they arrive at a time, behind what is due then.</summary>
    public void Release(HoldReason reason, Func<Flight, bool> isMet, Timestamp time)
    {
        for (int i = 0; i < _held.Count; i++)
        {
            Flight flight = _held[i];
            if (flight.Hold != reason || flight.Due <= time || !isMet(flight)) continue;
            _held.RemoveAt(i--);
            flight.IsDead = true;
            _dead++;
            Add(new Flight { Number = flight.Number, Due = time, Bytes = flight.Bytes, Fault = flight.Fault, From = flight.From });
        }
    }

    /// <summary>Everything that was on its way, which is lost.</summary>
    public List<Flight> Clear()
    {
        List<Flight> lost = [];
        while (First is { } flight)
        {
            lost.Add(flight);
            _flights.Dequeue();
        }
        _held.Clear();
        return lost;
    }

    private Flight? First
    {
        get
        {
            while (_flights.TryPeek(out Flight? flight, out _))
            {
                if (!flight.IsDead) return flight;
                _flights.Dequeue();
                _dead--;
            }
            return null;
        }
    }
}
