using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fathom.Market.Books;

/// <summary>An array outside the garbage collector's heap, given back by <see cref="Dispose"/> alone: its address is stable between two <see cref="Grow"/>s, so that a hot loop may keep it in a
/// register, and from 2 MB on it asks for huge pages, because random access to more than that pays for address translation before it pays for memory.</summary>
internal sealed unsafe class NativeArray<T> : IDisposable where T : unmanaged
{
    private const nuint HugePage = 2 * 1024 * 1024;
    private const nuint CacheLine = 64;
    private const int AdviseHugePages = 14;      // MADV_HUGEPAGE

    /// <summary>First element; null before the first <see cref="Grow"/> and after <see cref="Dispose"/>.</summary>
    public T* Items { get; private set; }

    public int Length { get; private set; }

    /// <summary>Makes room for <paramref name="length"/> elements, which moves the array. What was there stays; what is new is zero.</summary>
    public void Grow(int length)
    {
        nuint bytes = (nuint)length * (nuint)Unsafe.SizeOf<T>(), bytesOld = (nuint)Length * (nuint)Unsafe.SizeOf<T>();
        bool isLarge = bytes >= HugePage;
        T* items = (T*)NativeMemory.AlignedAlloc(bytes, isLarge ? HugePage : CacheLine);
        if (isLarge) _ = MemoryAdvice.Madvise(items, bytes, AdviseHugePages);      // a wish: where it is refused, small pages are as correct
        if (Items != null) NativeMemory.Copy(Items, items, bytesOld);
        NativeMemory.Clear((byte*)items + bytesOld, bytes - bytesOld);
        NativeMemory.AlignedFree(Items);
        Items = items;
        Length = length;
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Items);
        Items = null;
        Length = 0;
    }
}
