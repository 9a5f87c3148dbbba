using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fathom.Engine.Features.Sliding;

/// <summary>Elements in the order in which they came, each known by its running number. It doubles where it is full; who must not let it grow drops the first before.</summary>
/// <param name="capacity">For how many there is room from the start.</param>
internal struct Ring<T>(int capacity) where T : struct
{
    private T[] _elements = new T[BitOperations.RoundUpToPowerOf2((uint)capacity)];

    /// <summary>Number of the oldest element.</summary>
    public long First { get; private set; }

    /// <summary>Number of the element to come.</summary>
    public long End { get; private set; }

    public readonly int Count => (int)(End - First);

    public readonly int Capacity => _elements.Length;

    public readonly bool IsFull => Count == _elements.Length;

    /// <summary>By its number.</summary>
    public readonly ref T this[long number]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _elements[number & (_elements.Length - 1)];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T element)
    {
        if (IsFull) Grow();
        this[End] = element;
        End++;
    }

    public void DropFirst() => First++;

    public void Clear() => (First, End) = (0, 0);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        T[] grown = new T[_elements.Length * 2];
        for (long i = First; i < End; i++) grown[i & (grown.Length - 1)] = this[i];
        _elements = grown;
    }
}
